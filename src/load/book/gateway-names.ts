import type { Files } from '../../io.ts'
import type { GatewayNames } from '../../model/book/market-schema.ts'

/** Reads the gateways' names of providers and models, which the build collects from `pricing/market/`. */
export const readGatewayNames = ({ shipped }: Pick<Files, 'shipped'>): GatewayNames =>
  JSON.parse(new TextDecoder().decode(shipped('dist/gateways.json'))) as GatewayNames
