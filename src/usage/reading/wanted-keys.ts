/**
 * Every key that an adapter may look at, at whatever depth; of a line of JSON nothing else is kept. A test derives them
 * from the adapters' own sources: each of their texts that could be a key. One too many costs a little time, one too few
 * would lose counts.
 */
export const WANTED: readonly string[] = `
  - 0 0.01 @message @timestamp AUDIO BadRecord BilledCost BillingCurrency ChargeCategory ChargeClass ChargeDescription
  ChargePeriodEnd ChargePeriodStart CompletionTokens ConsumedQuantity ConsumedUnit CorrelationId Date DeploymentName
  EMBEDDING GENERATION Helicone-Session-Id ListUnitPrice Model ModelInvocationLog ModelName Organization P
  PromptTokens Requests SequenceNumber ServiceCategory SkuId SkuMeter SubAccountId TRUE Tag Tags Team TimeGenerated
  True USD Usage Z _user accountId additional_usage_values agent-name ai-title ai.model.id ai.operationId
  ai.usage.cachedInputTokens ai.usage.completionTokens ai.usage.inputTokens ai.usage.outputTokens
  ai.usage.promptTokens ai.usage.reasoningTokens ai.usage.totalTokens ai_model ai_org amount amount_currency
  amount_value anthropic anthropic-usage api_key api_key_id api_key_name app_name arn asked assistant at attributes
  audio audio_tokens auto azure-apim batch bedrock body boolean bucket cacheReadInputTokenCount
  cacheWriteInputTokenCount cache_creation cache_creation_input_tokens cache_creation_token_details
  cache_creation_tokens cache_enabled cache_hit cache_read cache_read_input_tokens cache_reference_id cache_status
  cache_write cache_write_1h cache_write_input_tokens cache_write_tokens cachedContentTokenCount cached_input_tokens
  cached_tokens calculatedTotalCost call call_type candidatesTokenCount candidatesTokensDetails cell cells
  chat.completion.chunk claude-code codex compacted completion completionTokens completion_tokens
  completion_tokens_details completion_tokens_total_cost content_block_delta content_block_start content_block_stop
  context_window convention conventions conversation conversation_id cost costDetails costUSD cost_currency cost_total
  cost_usd costs count countIn counts createTime created createdAt created_at csv currency custom-title custom_id
  custom_llm_provider cwd data date datetime day deepseek deepseek-export default doubleValue dsprice empty end
  end_time end_time_iso end_user ending_at ends enduser.id environment ephemeral_1h_input_tokens
  ephemeral_5m_input_tokens errorCode event event_msg events exits failure fast fields file file-history-snapshot find
  focus forked_from_id gemini gen_ai.conversation.id gen_ai.openai.response.service_tier gen_ai.operation.name
  gen_ai.provider.name gen_ai.request.model gen_ai.response.id gen_ai.response.model gen_ai.system
  gen_ai.usage.cache_creation.input_tokens gen_ai.usage.cache_creation_input_tokens
  gen_ai.usage.cache_read.input_tokens gen_ai.usage.cache_read_input_tokens gen_ai.usage.cache_write.input_tokens
  gen_ai.usage.completion_tokens gen_ai.usage.details.cache_read_tokens gen_ai.usage.details.cache_write_tokens
  gen_ai.usage.details.reasoning_tokens gen_ai.usage.input_tokens gen_ai.usage.input_tokens.cache_write
  gen_ai.usage.input_tokens.cached gen_ai.usage.output_tokens gen_ai.usage.output_tokens.reasoning
  gen_ai.usage.prompt_tokens gen_ai.usage.reasoning.output_tokens gen_ai.usage.total_tokens generation_id geo
  gitBranch global granularity group groups hasMore has_more held helicone helicone_user highs id identity
  inferenceRegion inference_geo info input inputTokenCount inputUsage input_cache_creation input_cache_creation_1h
  input_cache_creation_5m input_cache_read input_cache_write input_cache_write_tokens input_cached_tokens input_tokens
  input_tokens_details input_uncached_tokens intValue isKeyed isSidechain is_success items json kept key keys kind
  kinds labels langfuse last-prompt last_token_usage leafUuid length line_item list litellm llm.model_name
  llm.token_count.completion llm.token_count.completion_details.reasoning llm.token_count.prompt
  llm.token_count.prompt_details.cache_read llm.token_count.prompt_details.cache_write llm.token_count.total logEvents
  lows message message_delta message_start message_stop meta metadata meter modality model modelId modelName
  modelParameters modelVersion model_group model_id model_name model_permaslug model_version money name names nearest
  next_page not_available null num_model_requests number object on_demand op_name openai openai-usage
  openai.response.service_tier openinference.span.kind openrouter organization_id otel otherwise output outputBodyJson
  outputTokenCount outputUsage output_reasoning output_reasoning_tokens output_tokens output_tokens_details owner page
  pages parent_thread_id parents payload permission-mode ping plans portkey pr-link price prices project projectId
  project_id prompt promptTokenCount promptTokens promptTokensDetails prompt_cache_hit_tokens prompt_cache_miss_tokens
  prompt_cache_read_tokens prompt_cache_write_tokens prompt_tokens prompt_tokens_details prompt_tokens_total_cost
  properties providedModelName provider provider_name queue queue-operation read reading reasoning
  reasoning_output_tokens reasoning_tokens record records region req_units request requestId requestMetadata
  request_count request_created_at request_id request_properties request_tags request_user_id requests res_units
  resource resourceSpans response responseBody responseId response_body response_item response_model response_status
  result results rows runOf schemaType scope scopeSpans searches server_tool_use service service.name service_tier
  session.id sessionId session_id session_meta shape shapes sink skipped snapshot span spanId spans speed spend
  standard start startTime startTimeUnixNano start_time start_time_iso started_at starting_at stated_usd status string
  stringValue sum summary tag. tag.branch tag.environment tag.tag tag.trace tag.variant tags taker takers tallies
  tally team teamId team_id text thinking_tokens thoughtsTokenCount thread_id tier time timestamp tokenCount
  token_count tokens tokens_cached tokens_completion tokens_prompt tokens_reasoning toolUsePromptTokenCount total
  totalCost totalPages totalTokenCount total_cost total_pages total_token_usage total_tokens traceId traceName
  trafficType traffic_type_unspecified true ts turn.completed turn_context type uncached_input_tokens usage
  usageDetails usageMetadata usage_date_utc usage_input_tokens_cache_read usage_input_tokens_cache_write_1h
  usage_input_tokens_cache_write_5m usage_input_tokens_no_cache usage_object usage_output_tokens usage_type usd user
  user.id userId user_id utc_date uuid value values variant vercel visit wallet_type wb_user_id weave web_search_count
  web_search_requests word workspace workspace_id write write1h x_Batch x_Hours x_Model x_PromptLength x_Region
  x_RowDate x_Service yes
`
  .trim()
  .split(/\s+/)

/** Keys of objects whose own keys are data: names of tags, of models, of kinds of tokens. */
export const WHOLE: readonly string[] = [
  'tags',
  'metadata',
  'outputBodyJson',
  'properties',
  'requestMetadata',
  'request_tags',
  'summary',
  'total_token_usage',
  'usageDetails',
]

/** How keys begin that are data wherever they stand, and those that may be meant for others. */
export const WANTED_BEGINNINGS: readonly string[] = ['tag.', 'cach', 'input_', 'prompt_']
