import type { Files } from '../../io.ts'
import type { GatewayNames } from '../../model/book/market-schema.ts'

/** What gateways call providers and models, as the build gathered it from the providers' files in `pricing/market/`. */
export const readGatewayNames = ({ shipped }: Pick<Files, 'shipped'>): GatewayNames =>
  JSON.parse(new TextDecoder().decode(shipped('dist/gateways.json'))) as GatewayNames
