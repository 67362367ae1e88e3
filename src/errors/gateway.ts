// Gateway configurations.
import type { Problem } from './problem.ts'

export const noRouting = (model: string): Problem => ({
  code: 'NO_ROUTING',
  exit: 2,
  what: 'a gateway is configured from routing, and this scenario has none',
  fix: `write routing: {legs: [{model: ${model}, share: 100%}]} instead of model`,
})

export const notInGateway = (what: string, fix: string): Problem => ({
  code: 'NOT_IN_GATEWAY',
  exit: 2,
  what: `LiteLLM's configuration cannot express ${what.replace(/,$/, '')}`,
  fix,
})

export const noGatewayModel = (model: string): Problem => ({
  code: 'NO_GATEWAY_MODEL',
  exit: 3,
  what: `LiteLLM's name for ${model} is not known`,
  fix: `give it: --map ${model}=provider/name`,
})
