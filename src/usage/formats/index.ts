import { anthropicUsage } from '../bills/anthropic-csv.ts'
import { deepseekExport } from '../bills/deepseek-export.ts'
import { focus } from '../bills/focus.ts'
import { openaiUsage } from '../bills/openai-usage.ts'
import { anthropic } from '../bodies/anthropic.ts'
import { gemini } from '../bodies/gemini.ts'
import { deepseek, openai } from '../bodies/openai.ts'
import { azureApim } from '../gateways/azure-apim.ts'
import { bedrock } from '../gateways/bedrock.ts'
import { helicone } from '../gateways/helicone.ts'
import { litellm } from '../gateways/litellm.ts'
import { openrouter } from '../gateways/openrouter.ts'
import { portkey } from '../gateways/portkey.ts'
import { vercel } from '../gateways/vercel.ts'
import type { Format } from '../reading/format.ts'
import { claudeCode } from '../sessions/claude-code.ts'
import { codex } from '../sessions/codex.ts'
import { plain } from '../sessions/plain.ts'
import { langfuse } from '../traces/langfuse.ts'
import { otel } from '../traces/otel.ts'
import { weave } from '../traces/weave.ts'

/** Every format of usage that is read. The first that recognises a record has it, so bare bodies come last. */
export const FORMATS: readonly Format[] = [
  litellm,
  deepseekExport,
  otel,
  langfuse,
  openaiUsage,
  anthropicUsage,
  focus,
  claudeCode,
  codex,
  openrouter,
  bedrock,
  helicone,
  azureApim,
  portkey,
  weave,
  vercel,
  plain,
  openai,
  anthropic,
  deepseek,
  gemini,
]
