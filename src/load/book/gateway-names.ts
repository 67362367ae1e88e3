import type { Files } from '../../io.ts'
import type { GatewayNames } from '../../model/book/market-schema.ts'

/** Reads what gateways call providers and models; the build gathers it from the files in `pricing/market/`. */
export const readGatewayNames = ({ shipped }: Pick<Files, 'shipped'>): GatewayNames =>
  JSON.parse(new TextDecoder().decode(shipped('dist/gateways.json'))) as GatewayNames
