/** A documented code: its kind, when it occurs and what to do. `docs/errors.md` is generated from it. */
interface Meaning {
  /** An error ends the run; warnings and assumptions accompany the answer; lint and notes concern price files. */
  readonly kind: 'error' | 'lint' | 'note' | 'warning' | 'assumption'
  readonly when: string
  /** What to do; an assumption needs no action. */
  readonly fix?: string
}

/**
 * Every code by subject. Codes are documented and stable, so scripts may match them.
 *
 * Problems, warnings and assumptions can have no other code, so add a new one here first.
 */
export const CODES = {
  // Files
  NO_FILE: {
    kind: 'error',
    when: 'A file does not exist.',
    fix: 'Check the path. A path in a scenario is relative to that scenario.',
  },
  IS_FOLDER: { kind: 'error', when: 'A folder was given where a file is read.', fix: 'Name a file in the folder.' },
  NOT_READABLE: {
    kind: 'error',
    when: 'A file cannot be read: no permission, a device, a socket, or a Git LFS pointer.',
    fix: 'Name an ordinary file that you may read; run `git lfs pull` for a pointer.',
  },
  NOT_TEXT: { kind: 'error', when: 'A file is not UTF-8 text.', fix: 'Save the file as UTF-8, or name the right one.' },
  OUTSIDE: {
    kind: 'error',
    when: 'A file names a path outside its repository or inside a `.git` folder.',
    fix: 'Move the file inside, or add `--allow-outside` if you trust whoever wrote the path.',
  },
  TOO_LARGE: {
    kind: 'error',
    when: 'A file is larger than the limit for its kind (docs/limits.md).',
    fix: 'Split the file.',
  },
  EMPTY_FILE: { kind: 'error', when: 'A file is empty.', fix: 'Write the file; `dsprice schema` shows the keys.' },
  NOT_WRITABLE: {
    kind: 'error',
    when: 'The output file cannot be written.',
    fix: 'Name a file in a folder that exists and that you may write to.',
  },
  OUTPUT_IS_INPUT: { kind: 'error', when: '`-o` names a file that the run reads.', fix: 'Name another file.' },
  FILE_EXISTS: {
    kind: 'error',
    when: '`init` would overwrite a file.',
    fix: 'Name another file with `-o`, or `-` for stdout.',
  },
  NO_FOLDER: {
    kind: 'error',
    when: 'The folder to search does not exist or cannot be read.',
    fix: 'Name a folder that exists.',
  },
  NO_MATCH: {
    kind: 'error',
    when: 'No file matches a pattern.',
    fix: 'Check the pattern. A pattern in a scenario is relative to that scenario.',
  },
  BAD_GLOB: {
    kind: 'error',
    when: 'A pattern uses a form that is not supported.',
    fix: 'Use `*`, `**`, `?`, `[a-z]`, `[!a]` and `{a,b}`.',
  },
  TOO_MANY_FILES: {
    kind: 'error',
    when: 'A search would go through more folder entries than the limit.',
    fix: 'Name a deeper folder, or a narrower pattern.',
  },
  NOT_A_RESULT: {
    kind: 'error',
    when: 'A file is not a result that this version can read.',
    fix: 'Write one with `--json -o result.json`.',
  },
  NOT_A_CATALOGUE: {
    kind: 'error',
    when: 'A file to import does not have the shape of the catalogue that was named.',
    fix: 'Name the file as the catalogue publishes it, and the catalogue that it belongs to.',
  },
  NOTHING_IMPORTED: {
    kind: 'error',
    when: 'Every entry of a catalogue is left out, so there is no layer to write.',
    fix: 'Look at the codes in the message ([price-books.md](price-books.md)); name other providers with `--only`.',
  },
  LINK_LEFT: {
    kind: 'warning',
    when: 'A search did not follow a link that leads out of the repository or to nothing.',
    fix: 'Copy what it leads to, name it directly, or remove the link.',
  },
  FOLDER_LEFT: {
    kind: 'warning',
    when: 'A search did not enter a folder on another file system, or one that it may not read.',
    fix: 'Name the folder itself, or allow it to be read.',
  },
  // Syntax, keys, values and flags
  SYNTAX: { kind: 'error', when: 'A file is not valid YAML or JSON.', fix: 'Correct the marked place.' },
  INVALID: {
    kind: 'error',
    when: 'A value does not fit its key.',
    fix: 'Write a value of the kind that the message shows.',
  },
  UNKNOWN_KEY: {
    kind: 'error',
    when: 'A key is unknown in its place.',
    fix: 'Use the spelling that the message suggests; docs/scenario.md lists the keys.',
  },
  MISSING_KEY: { kind: 'error', when: 'A required key is missing.', fix: 'Add the key.' },
  TOO_MUCH: {
    kind: 'error',
    when: 'An input would take more work than the limit allows (docs/limits.md).',
    fix: 'Reduce what the message names.',
  },
  BAD_SET: {
    kind: 'error',
    when: '`--set` is not `key=value`, or names an item that a list does not have.',
    fix: 'Write a setting such as `--set request.turns=20`.',
  },
  NO_MULTIPLE: {
    kind: 'error',
    when: 'A multiple (`2x`, `+10%`) stands on text, a list or a key without a value, or comes to what the key cannot be: half a node, half a second.',
    fix: 'Choose another multiple, or write the value itself.',
  },
  USAGE: {
    kind: 'error',
    when: 'The command line is wrong: an unknown flag, or flags that exclude each other.',
    fix: 'See `dsprice COMMAND --help`.',
  },
  BUG: {
    kind: 'error',
    when: 'The tool itself failed.',
    fix: 'Report it with the stack that is printed.',
  },
  // Scenarios and their text
  NO_SCENARIOS: {
    kind: 'error',
    when: 'No scenario was named or found.',
    fix: 'Name scenario files, or a folder or pattern that has some.',
  },
  ONE_WORKLOAD: {
    kind: 'error',
    when: 'A scenario has both `request` and `totals`, or neither.',
    fix: 'Keep one of them.',
  },
  ONE_ROUTE: { kind: 'error', when: 'A scenario has both `model` and `routing`.', fix: 'Keep one of them.' },
  USAGE_OVER_PROMPT: {
    kind: 'error',
    when: 'Known usage (`cache: {read, write}`) is more than the tokens sent.',
    fix: 'Include cached tokens in the input: `read`, `write` and `write_1h` are part of it.',
  },
  REASONING_OVER_OUTPUT: {
    kind: 'error',
    when: '`reasoning` is more than `output`, of which it is a part.',
    fix: 'Set `output` to all generated tokens, reasoning included.',
  },
  TOO_MANY_SAMPLES: {
    kind: 'error',
    when: 'Sample files in several keys give too many combinations.',
    fix: 'Use fewer samples in the keys that have several.',
  },
  PROMPT_TOO_LONG: {
    kind: 'error',
    when: 'A prompt would be too long to count exactly.',
    fix: 'Lower `turns`, `turn` or `output`.',
  },
  NO_TOOLS: { kind: 'error', when: 'A tools file defines no tool.', fix: 'Add a tool, or remove the key.' },
  NO_TOKENIZER: {
    kind: 'error',
    when: 'A text cannot be counted, or a number converted by `tokens_of`, for a model: it has no known tokenizer.',
    fix: 'Give the number of tokens instead of the text, or choose another model; if you know its vocabulary, name it in a price file with `dsprice prices add MODEL --tokenizer NAME` or `--like MODEL`, or give the file of its maker instead of the name.',
  },
  BAD_TOKENIZER_FILE: {
    kind: 'error',
    when: "A tokenizer file of the user's cannot be counted with: it is of another kind than byte-level BPE, damaged, or has a step that this version does not know.",
    fix: "Name the maker's tokenizer.json, tekken.json or file of ranks (*.tiktoken, with `split`), or count with a tokenizer that dsprice has ([tokens.md](tokens.md#your-own-tokenizer-file)).",
  },
  NO_MESSAGES: {
    kind: 'error',
    when: 'A messages file has no chat messages, or several conversations.',
    fix: 'Write one conversation as an API takes it.',
  },
  NO_VALUE: {
    kind: 'error',
    when: 'A placeholder of a template has no value.',
    fix: 'Add the value to the file of values.',
  },
  BAD_PLACEHOLDER: {
    kind: 'error',
    when: 'A template has more than plain placeholders: conditions, loops, filters.',
    fix: 'Write `{{name}}`, or save the prompt as it is sent.',
  },
  NO_IMAGE_RULE: {
    kind: 'error',
    when: 'A picture cannot be counted for a model: no rule for its image tokens is known.',
    fix: 'Give the number of tokens, or choose another model.',
  },
  TEXT_TOO_HARD: {
    kind: 'error',
    when: 'A text for `tokens` has no place where it can be cut into pieces for 32 MiB (docs/tokens.md).',
    fix: 'Break it into lines, or count parts of it.',
  },
  NO_WORK: {
    kind: 'error',
    when: 'A break-even was asked for, but the scenario sends no tokens.',
    fix: 'Add tokens to the request, and a share to the leg of the cluster.',
  },
  VIEW_UNKNOWN: {
    kind: 'error',
    when: 'The requested view of a scenario has no price.',
    fix: 'Use another view: `--view headline`.',
  },
  NO_TOKENS: {
    kind: 'warning',
    when: 'A request has no tokens, so every view is $0.',
    fix: 'Give `shared`, `session`, `turn` or `output`.',
  },
  TOOLS_NOT_COUNTED: {
    kind: 'warning',
    when: "A file of tool definitions also has tools of the provider's own, such as web search. They have no definition to count.",
    fix: 'Take them out of the file, and add their tokens as a number.',
  },
  BAD_LINE: {
    kind: 'warning',
    when: 'Lines of a log could not be read and are left out; the first ones are placed.',
    fix: 'Correct or remove them, or name the format with `--input-format`.',
  },
  BLOCK_MISFIT: {
    kind: 'warning',
    when: 'Most requests of a trace have more or fewer block ids than their lengths say, so the blocks are of another size.',
    fix: 'Write the `--block` that the warning names.',
  },
  DATA_URI_LEFT_OUT: {
    kind: 'warning',
    when: 'A text has a file inside (`data:…;base64,…`), which is not text and not counted.',
    fix: 'Give a picture as `{image: …}` or in `{messages: …}`.',
  },
  VALUE_UNUSED: {
    kind: 'warning',
    when: 'A value of a template is used by no placeholder.',
    fix: 'Check the spelling, or remove the value.',
  },
  CONTENT_LEFT_OUT: {
    kind: 'warning',
    when: 'A messages file has content that cannot be counted: files, sound, refusals, earlier reasoning, built-in tools, whatever no API takes.',
    fix: 'Add its tokens as a number.',
  },
  EMPTY_TEXT: { kind: 'warning', when: 'A text to count is empty.', fix: 'Check the file.' },
  LEFT_OUT: {
    kind: 'warning',
    when: '`init` found a file that it could not use.',
    fix: 'Add it to the scenario by hand if it belongs there.',
  },
  NAME_TWICE: { kind: 'warning', when: 'Two scenarios of a run have the same name.', fix: 'Rename one of them.' },
  CONTEXT_EXCEEDED: {
    kind: 'warning',
    when: 'A call has more tokens than the model takes.',
    fix: 'Shorten the prompt, or choose a model with a longer context.',
  },
  OUTPUT_EXCEEDED: {
    kind: 'warning',
    when: 'A call writes more tokens than the model can write.',
    fix: 'Split the work over more calls.',
  },
  BAND_STRADDLES: {
    kind: 'warning',
    when: 'The low and the high end of estimated tokens are billed at different rates.',
    fix: 'Count the text with an API call to the provider, and give the number.',
  },
  TIER_UNKNOWN: {
    kind: 'warning',
    when: 'The model costs more for long prompts, and totals show no prompt lengths.',
    fix: 'Describe one `request` instead of `totals`.',
  },
  METER_NOT_OFFERED: {
    kind: 'warning',
    when: 'Known usage (`cache: {read, write}`) has tokens on a meter that the model does not offer; they are billed and counted as input.',
    fix: 'Check the model, or leave the meter out of `cache`.',
  },
  WRITES_LEFT_OUT: {
    kind: 'warning',
    when: 'The provider bills cache writes, which a hit share alone cannot show.',
    fix: 'Use `cache: prefix`.',
  },
  CACHE_COSTS_MORE: {
    kind: 'warning',
    when: 'The provider bills cache writes, and what is written costs more than what is read saves.',
    fix: 'Write `cache: none`, or set fewer marks: `cache: {policy: prefix, marks: [shared]}`.',
  },
  CACHE_NOT_OPTIONAL: {
    kind: 'error',
    when: '`cache: none` is set for a model whose provider always marks the newest message.',
    fix: 'Remove `cache: none`, or choose another model.',
  },
  NO_CACHE_OFFERED: {
    kind: 'warning',
    when: 'The model offers no cache reads, so `cached` equals `headline`.',
    fix: 'Write `cache: none`, or choose another model.',
  },
  IDEAL_IS_A_BOUND: {
    kind: 'assumption',
    when: 'Every input token is read from the cache, which no workload reaches.',
  },
  CACHE_RULE: {
    kind: 'assumption',
    when: "Hits follow the provider's published cache rule; what is not published is named.",
  },
  MARKS_LEFT_ASIDE: {
    kind: 'assumption',
    when: '`cache.marks` is stated, but the provider does not match by marks.',
  },
  REASONING_KEPT: { kind: 'assumption', when: 'Earlier reasoning is sent again, as input of every later call.' },
  REASONING_DROPPED: {
    kind: 'assumption',
    when: 'The model is sent its earlier reasoning again only in conversations with tools, and the request has none.',
  },
  DEFAULT_LIFETIME: { kind: 'assumption', when: "Each use keeps a cached prefix for the provider's whole lifetime." },
  DEFAULT_TURN_GAP: { kind: 'assumption', when: 'The default time passes between the calls of a conversation.' },
  RUN_BACK_TO_BACK: { kind: 'assumption', when: 'The requests of a run follow one another within the cache lifetime.' },
  POISSON_ARRIVALS: { kind: 'assumption', when: 'Requests begin at random within each hour, as a Poisson process.' },
  CONFIG_SET: {
    kind: 'assumption',
    when: '`dsprice.config.yaml` set a key that the scenario leaves out.',
  },
  FLAT_TRAFFIC: { kind: 'assumption', when: 'Traffic is even over all hours of the week.' },
  PLAIN_WEEK: { kind: 'assumption', when: 'Hours are priced over one Monday-to-Sunday week without holidays.' },
  EXACT_TOKENS: { kind: 'assumption', when: "Text was counted with the model's own vocabulary." },
  ESTIMATED_TOKENS: {
    kind: 'assumption',
    when: 'Text was counted with another vocabulary and a factor, with a range.',
  },
  FRONT_MATTER: {
    kind: 'assumption',
    when: 'The front matter of a Markdown file is not sent, so it is not counted.',
  },
  SHARED_ENDS: {
    kind: 'assumption',
    when: 'A placeholder under `shared` ends what all requests have alike; what follows it counts as `session`.',
  },
  IMAGE_RULE: { kind: 'assumption', when: "Pictures are counted by the provider's rule, as an estimate." },
  IMAGE_SIZE: {
    kind: 'assumption',
    when: 'The size of a picture in messages is not known: 1024 × 1024, with a range over all sizes.',
  },
  CHAT_TEMPLATE: { kind: 'assumption', when: "The tokens of the model's chat template are added." },
  CONVERTED_TOKENS: {
    kind: 'assumption',
    when: "Numbers of tokens are another model's (`tokens_of`) and were converted, as an estimate with a range.",
  },
  LENGTHS_ALIKE: {
    kind: 'assumption',
    when: '`compare` uses numbers of tokens unchanged for every model, although their tokenizers differ.',
  },
  TOOL_RULE: { kind: 'assumption', when: 'Tool definitions were counted by this rule, exactly or as an estimate.' },
  NO_TEMPLATE: { kind: 'assumption', when: "The model's chat template is not published, so none is added." },
  SERVED_ALONE: { kind: 'assumption', when: '`compare` lets each model serve every request alone.' },
  // Price books
  UNKNOWN_BOOK: {
    kind: 'error',
    when: 'A price book version is not bundled.',
    fix: 'Name one of the bundled versions, or the path of your own file.',
  },
  MIXED_BOOKS: {
    kind: 'error',
    when: 'The scenarios of one run name different price books.',
    fix: 'Run them separately, or name one book for all with `--pricing`.',
  },
  TWO_BOOKS: {
    kind: 'error',
    when: 'Two bundled price books are named; they are never merged.',
    fix: 'Name one, and add your own file.',
  },
  UNKNOWN_MODEL: {
    kind: 'error',
    when: "Neither the price book nor the catalogue under it has the model, or not as that cloud's or host's.",
    fix: 'Use a suggested name, or see `dsprice prices list`.',
  },
  NAME_RULE: {
    kind: 'assumption',
    when: "A name is neither a model's id nor an alias, but a rule turns it into one (docs/price-books.md).",
  },
  CATALOGUE_PRICE: {
    kind: 'warning',
    when: "Models are priced from the catalogue under the price book, not from their vendor's page.",
    fix: "Check the price on the vendor's page, then give it with `--pricing`.",
  },
  NO_RECORDS: {
    kind: 'error',
    when: 'A source has no record of usage, or none in the time that was asked for.',
    fix: 'Check the file, `--since`, `--until` and `--input-format`.',
  },
  NO_COLUMN: {
    kind: 'error',
    when: 'A table or Parquet file lacks a column that usage needs, or has it in a type that cannot be read as such.',
    fix: 'Name the column, or an expression that gives it, in a file for `--columns`.',
  },
  REPEATED_IDS: {
    kind: 'error',
    when: 'Rows of a table come more than once by their `id`, and it has no order by which the first could be told.',
    fix: 'Leave `id` out in the file for `--columns`, or name a table without repeats.',
  },
  TOO_MANY_GROUPS: {
    kind: 'error',
    when: 'A breakdown of usage in a table has more groups than fit in memory.',
    fix: 'Break it down by fewer keys, or take a shorter time at once with `--since` and `--until`.',
  },
  COUNTS_DIFFER: {
    kind: 'error',
    when: 'The sums of a table do not have the records that were counted in it, or are too large to be trusted.',
    fix: 'Name a time that is over with `--until`.',
  },
  NO_ENGINE: {
    kind: 'error',
    when: 'A source needs a package that is not installed, or not for this machine, such as DuckDB for Parquet files.',
    fix: 'Install it with the command that the message shows.',
  },
  ENGINE_FAILED: {
    kind: 'error',
    when: 'The engine that reads a source could not answer: a damaged file, no memory, a server that refuses.',
    fix: 'The message has the reason of the engine.',
  },
  NO_TIME: {
    kind: 'error',
    when: 'Records of usage tell no time, so no price is known to hold.',
    fix: 'Name the time that they cover with `--since` and `--until`.',
  },
  UNPRICED: {
    kind: 'warning',
    when: 'Some usage has no price: an unknown model, an instant without a price, an unknown rate. The total is then "at least".',
    fix: 'Give the price in your own file with `--pricing`, or correct the model name.',
  },
  BUCKETS_CUT: {
    kind: 'warning',
    when: 'Buckets of usage lie across `--since` or `--until`. Each is counted whole, or left out, by its start.',
    fix: 'Move the limits to where buckets begin.',
  },
  NO_SUCH_KEY: {
    kind: 'warning',
    when: 'No record of usage has a key that `--by` names, so the breakdown has one row without a value.',
    fix: 'Correct the key: `user`, `team`, `project`, `conversation`, `day`, `month`, `model`, `tag.NAME`, or another of the records.',
  },
  SEARCHES_UNPRICED: {
    kind: 'warning',
    when: 'Records tell web searches, which providers bill by the request and price books do not have.',
    fix: 'Add them at the price of the provider.',
  },
  AUDIO_AS_TEXT: {
    kind: 'warning',
    when: 'Records tell tokens of audio, which providers bill at rates of their own and price books do not have: they are in the cost as text.',
    fix: "Add what the provider's price for audio is above that.",
  },
  NOT_A_CHARGE: {
    kind: 'warning',
    when: '`usage --format focus` leaves out records whose cost is unknown or a range: a charge has one cost, never 0 for one that is unknown.',
    fix: 'Give missing prices with `--pricing`; take records of calls instead of buckets.',
  },
  DUPLICATES: {
    kind: 'warning',
    when: 'A source has records of usage more than once, by the key of its format. Each is counted once.',
    fix: 'Nothing, if requests were retried or files overlap.',
  },
  COUNTS_DISAGREE: {
    kind: 'warning',
    when: 'Counts of some records disagree with each other: a total is less than its parts, a split is more than its sum.',
    fix: "Compare a few of them with the provider's own figures; [usage.md](usage.md) says which count is taken.",
  },
  IDS_NOT_COMPARED: {
    kind: 'warning',
    when: 'Sources have ids that are not compared with each other: those of Parquet files, of each table in ClickHouse, and of all else.',
    fix: 'Nothing, if no request is in two of them; else take it from one.',
  },
  RECORDS_SKIPPED: {
    kind: 'warning',
    when: 'A source has values without usage of their own: failed requests, spans that repeat others, empty buckets.',
    fix: 'Nothing, if they are what you expect.',
  },
  COLUMN_IGNORED: {
    kind: 'warning',
    when: 'Rows of our own form have a column with numbers whose name is near to one of ours and is none, such as `cache_write_5m`. It is not counted.',
    fix: 'Give it the name that is shown, if it is meant; else another.',
  },
  PAGES_MISSING: {
    kind: 'warning',
    when: 'The last page of an answer of an API says that others follow, and no source has them. What they hold is not in the sums.',
    fix: 'Fetch the pages after it too, and name them all in one run.',
  },
  BAD_ADDRESS: {
    kind: 'error',
    when: 'The address of a table in ClickHouse has another form, or a password.',
    fix: 'Write `clickhouse://user@host:8123/database.table`; the password belongs into `DSPRICE_CLICKHOUSE_PASSWORD`.',
  },
  NO_SERVER: {
    kind: 'error',
    when: 'A ClickHouse server does not answer, or not in time.',
    fix: 'Check the host and the HTTP port; cut the time, or allow more with `?timeout=`.',
  },
  SERVER_REFUSES: {
    kind: 'error',
    when: 'A ClickHouse server refuses a query: login, rights, table, column, a shard that is down, a limit.',
    fix: 'Do what the message says; it holds the words of the server.',
  },
  UNSAFE_SERVER: {
    kind: 'error',
    when: 'A setting or the engine of a table lets rows be left out, or counted twice, without an error.',
    fix: 'Have the setting changed, or end the address in `?final=1` ([usage.md](usage.md)).',
  },
  ENGINE_UNKNOWN: {
    kind: 'warning',
    when: 'A table is a view, or what is behind it cannot be seen, so that calls may be there twice.',
    fix: 'Check that each call is one row.',
  },
  SOURCE_BROKEN: {
    kind: 'warning',
    when: 'A source is cut short or damaged. What was read before that is counted.',
    fix: 'Fetch the file again.',
  },
  BAD_RECORDS: {
    kind: 'warning',
    when: 'Some records of a source cannot be read. They are counted and left out.',
    fix: 'Correct the source at the places shown.',
  },
  NO_PRICE_AT: {
    kind: 'error',
    when: 'The model has no price at that moment.',
    fix: 'Name a day with `--at` on which the book prices it.',
  },
  NO_RATE: {
    kind: 'error',
    when: 'A required rate is unknown. It is never taken as $0.',
    fix: 'Give the rate in your own file with `--pricing`, or choose another model.',
  },
  NO_SERVICE: {
    kind: 'error',
    when: 'A model has no service of that name at that moment, or nobody states its rates.',
    fix: 'Use a service that `prices show` lists for it, or `service: standard`.',
  },
  NO_REGION: {
    kind: 'error',
    when: 'A model has no region of that name at that moment, or nobody states its factor.',
    fix: 'Use a region that `prices show` lists for it, or leave `region` out.',
  },
  NO_MODEL_LEFT: {
    kind: 'error',
    when: 'No model meets every `--require`, or none of the book can be priced.',
    fix: 'Require less; a fact that is unknown does not pass. `--models` with one name shows the problems of that model.',
  },
  PRICE_OLD: {
    kind: 'warning',
    when: 'The newest evidence for the price is older than the interval at which the provider changes its prices.',
    fix: 'Check the price, and give it with `--pricing`.',
  },
  PROMOTION_END: {
    kind: 'warning',
    when: 'The price is a promotion, and the last announced day has been reached.',
    fix: 'Check the price, and give it with `--pricing`.',
  },
  NO_HOLIDAYS: {
    kind: 'warning',
    when: 'The book has no public holidays of the year priced.',
    fix: 'Check the day, or give a date instead of an instant.',
  },
  NO_GATEWAY_HOLIDAYS: {
    kind: 'warning',
    when: 'Public holidays change a rate by the hour, and a gateway has no holidays.',
    fix: 'Expect its costs to differ on these days.',
  },
  ALIAS_TWICE: { kind: 'lint', when: 'Two models claim one name.', fix: 'Keep it for one of them.' },
  MODEL_TWICE: { kind: 'lint', when: 'A file describes a model twice.', fix: 'Write all rows under one `prices`.' },
  UNKNOWN_PROVIDER: {
    kind: 'lint',
    when: 'A model names a provider that is not described.',
    fix: 'Describe the provider, or name another.',
  },
  NO_SOURCE: { kind: 'lint', when: 'A row names a source that is not listed.', fix: 'List the source.' },
  NO_RULE: {
    kind: 'lint',
    when: 'A row names a cache rule that its provider does not have.',
    fix: 'Describe the rule, or name another.',
  },
  NO_MODEL: {
    kind: 'lint',
    when: 'A discount names a model that the book does not have.',
    fix: 'Check the name with `dsprice prices list`.',
  },
  ONE_REDUCED: {
    kind: 'lint',
    when: 'A discount names both a provider and a model, or neither.',
    fix: 'Name one of them.',
  },
  ROW_EMPTY: {
    kind: 'lint',
    when: 'A row ends before it begins, or a service is never in force while its row is.',
    fix: 'Correct `to`, or write `null` for no end.',
  },
  ROWS_OVERLAP: {
    kind: 'lint',
    when: 'Two rows of a model are in force at once.',
    fix: 'Close the earlier row where the later one begins.',
  },
  ROWS_GAP: {
    kind: 'lint',
    when: 'Between two rows of a model nothing is in force.',
    fix: 'End one row where the next begins, or price the time between.',
  },
  TIERS_AND_WINDOWS: { kind: 'lint', when: 'A row has both tiers and windows.', fix: 'Keep one of them.' },
  TIER_TWICE: { kind: 'lint', when: 'Two tiers of a row hold for the same prompts.', fix: 'Keep one of the two.' },
  WINDOWS_OVERLAP: {
    kind: 'lint',
    when: 'Two windows of a row share hours.',
    fix: 'End one window where the other begins.',
  },
  MAGNITUDE: {
    kind: 'lint',
    when: 'A rate is outside $0.0001 to $1,000 per 1M tokens.',
    fix: 'Check the unit: rates are USD per 1M tokens.',
  },
  FLOAT_NOISE: {
    kind: 'lint',
    when: 'A rate has the rounding noise of a binary fraction.',
    fix: 'Write the decimal number that is meant.',
  },
  READ_ABOVE_INPUT: {
    kind: 'lint',
    when: 'A cache read costs more than input.',
    fix: 'Check whether the two are swapped.',
  },
  LONG_WRITE_BELOW_SHORT: {
    kind: 'lint',
    when: 'A one-hour cache write costs less than a short one.',
    fix: 'Check whether the two are swapped.',
  },
  BATCH_ABOVE_NORMAL: {
    kind: 'lint',
    when: 'A batch rate is above the normal one.',
    fix: 'Check whether the two are swapped.',
  },
  // Routing
  SHARES_OFF: {
    kind: 'error',
    when: 'The shares of the legs do not add up to 100%.',
    fix: 'Write the share that the message proposes.',
  },
  ONE_CLUSTER_LEG: {
    kind: 'error',
    when: 'Two legs are served by the cluster.',
    fix: 'Write one leg with `self_host: true` and the sum of both shares.',
  },
  LEG_NEEDS_CLUSTER: {
    kind: 'error',
    when: 'A leg is served by the cluster, but no cluster is described.',
    fix: 'Add `self_host` with a model.',
  },
  CANNOT_PROMOTE: {
    kind: 'error',
    when: '`promote_at_turn` cannot hold for this leg.',
    fix: 'Do what the message says for this leg.',
  },
  NO_FALLBACK: {
    kind: 'error',
    when: '`fallback_share` is given without `fallback`.',
    fix: 'Add `fallback`, or remove `fallback_share`.',
  },
  ROUTER_NEEDS_REQUESTS: {
    kind: 'error',
    when: 'The router is billed per request, and totals have no requests.',
    fix: 'Describe one `request` instead of `totals`, or remove `router`.',
  },
  NOT_SCORED: {
    kind: 'error',
    when: 'A model has no quality score, so a mean is unknown.',
    fix: 'Give one: `--quality MODEL=1400`.',
  },
  NO_SCORES: {
    kind: 'error',
    when: 'No model has a quality score.',
    fix: 'Give scores with `--quality`, or in the scenario.',
  },
  NOT_A_CHOICE: {
    kind: 'error',
    when: '`--keep` names a model that cannot serve the workload.',
    fix: 'Run `dsprice route` without `--keep`; it lists why models were left out.',
  },
  NO_SPLIT: {
    kind: 'error',
    when: 'No split reaches the mean quality that was asked for.',
    fix: 'Ask for the quality that the message names.',
  },
  QUALITY_UNUSED: {
    kind: 'warning',
    when: 'A quality score is given for a model that is not among the candidates.',
    fix: 'Check the name.',
  },
  MIXED_SCALES: {
    kind: 'warning',
    when: 'Your quality scores are on another scale than those of the price book, which are left aside.',
    fix: 'Give a score to every model that has one.',
  },
  SHARES_AS_GIVEN: {
    kind: 'assumption',
    when: 'Shares of routing are taken as stated; what a model can serve well is not measured.',
  },
  CASCADE_PAYS_EACH_TRY: { kind: 'assumption', when: 'In a cascade a request is billed on every leg that it reaches.' },
  PROMOTED_COLD: {
    kind: 'assumption',
    when: 'The cache of its new leg holds nothing of a promoted conversation yet.',
  },
  PROMOTED_BASELINES: {
    kind: 'assumption',
    when: 'A baseline serves all turns of a promoted conversation at the size of its last leg.',
  },
  FALLBACK_UNBILLED: {
    kind: 'assumption',
    when: 'A request that a fallback serves was not billed on the leg that failed.',
  },
  CACHE_PER_LEG: { kind: 'assumption', when: 'Each leg has its own cache.' },
  // Clusters
  NO_CLUSTER: {
    kind: 'error',
    when: 'A break-even was asked for, but the scenario describes no cluster.',
    fix: 'Add `self_host`.',
  },
  NODES_OR_AUTOSCALE: {
    kind: 'error',
    when: '`nodes` is fixed, but `autoscale` lets it follow the traffic.',
    fix: 'Remove `nodes`, or write `autoscale: false`.',
  },
  PRICE_KEY_UNUSED: {
    kind: 'error',
    when: 'A price key has no effect with another.',
    fix: 'Remove it, or give the price of a GPU.',
  },
  NEEDS_NODES: {
    kind: 'error',
    when: 'A figure is for the whole cluster, but `nodes` is missing.',
    fix: 'Add `nodes`.',
  },
  CLOSED_WEIGHTS: {
    kind: 'error',
    when: 'The weights of the model are not open, so it cannot be self-hosted.',
    fix: 'Choose a model with open weights for `self_host.model`.',
  },
  NO_SERVING_NODE: { kind: 'error', when: 'Spare nodes leave no node to serve requests.', fix: 'Raise `nodes`.' },
  TWO_PRICES: { kind: 'error', when: 'A cluster has more than one price.', fix: 'Keep one of the keys.' },
  TWO_SPEEDS: { kind: 'error', when: 'Both `capacity` and `throughput` are given.', fix: 'Keep `throughput`.' },
  NEEDS_UTILISATION: {
    kind: 'error',
    when: 'A run has no duration, so the utilisation of the cluster is unknown.',
    fix: 'Add `utilisation`, or set `traffic.per`.',
  },
  UNKNOWN_GPU: { kind: 'error', when: 'The cluster book does not have the GPU.', fix: 'See `dsprice prices gpus`.' },
  NO_GPU_PRICE: {
    kind: 'error',
    when: 'The price of a GPU-hour is missing.',
    fix: 'Add `usd_per_gpu_hour`, `usd_per_hour` or `gpu`.',
  },
  NO_GPU_RANGE: {
    kind: 'error',
    when: 'The cluster book has no price range for the GPU.',
    fix: 'Name a `term`, or give `usd_per_gpu_hour`.',
  },
  NO_GPU_TERM: {
    kind: 'error',
    when: 'The cluster book has no price for the GPU on that term.',
    fix: 'Name a term that it has, or give `usd_per_gpu_hour`.',
  },
  UNKNOWN_THROUGHPUT: {
    kind: 'error',
    when: 'The cluster book does not have the measured row.',
    fix: 'See `dsprice prices throughput`.',
  },
  UNUSABLE_THROUGHPUT: {
    kind: 'error',
    when: 'A measured row does not give a capacity.',
    fix: 'Choose a row with both phases.',
  },
  THROUGHPUT_NEEDS_LENGTH: {
    kind: 'error',
    when: 'A row was measured at several prompt lengths.',
    fix: 'Add `prompt_tokens`.',
  },
  ONE_LENGTH: {
    kind: 'error',
    when: '`prompt_tokens` has no effect: the row has one prompt length.',
    fix: 'Remove `prompt_tokens`.',
  },
  ADDED_PHASES: {
    kind: 'error',
    when: 'A total adds the rates of a prefill node and a decode node, which no node reaches.',
    fix: 'Name the row with `ref`.',
  },
  COUNTS_HITS: {
    kind: 'error',
    when: 'A stated prefill rate counts cache hits.',
    fix: 'Write the rate of uncached tokens.',
  },
  NO_SPEED: {
    kind: 'error',
    when: 'The speed of the cluster is missing and no roofline can give it.',
    fix: 'Add `throughput`, or `capacity` with `nodes`.',
  },
  DOES_NOT_FIT: {
    kind: 'error',
    when: 'The model does not fit the memory of the cluster.',
    fix: 'Write the number of GPUs that the message names, or choose another GPU.',
  },
  OVER_CAPACITY: {
    kind: 'warning',
    when: 'The cluster cannot serve the traffic.',
    fix: 'Raise `nodes`, or leave it out to let the fleet be sized.',
  },
  UTILISATION_OVER_MAX: {
    kind: 'warning',
    when: 'The stated utilisation is above `max_utilisation`.',
    fix: 'Raise `max_utilisation`, or lower the utilisation.',
  },
  BATCH_LATENCY: {
    kind: 'warning',
    when: 'The measured row has a first-token latency of a batch service.',
    fix: 'Choose a row with less concurrency.',
  },
  JOINT_MIX: {
    kind: 'warning',
    when: 'The throughput was measured at a different mix of input and output.',
    fix: 'Give rates per phase.',
  },
  JOINT_CACHE: {
    kind: 'warning',
    when: 'The throughput was measured without cache hits, but the workload has some.',
    fix: 'Give rates per phase, with `cached_prefill`.',
  },
  STATED_FAR: {
    kind: 'warning',
    when: 'The stated capacity is far from what was measured on such GPUs.',
    fix: 'Check it, or name the measured row.',
  },
  OTHER_LENGTH: {
    kind: 'warning',
    when: 'The row was measured at a prompt length other than the one asked for.',
    fix: 'Give your own rates where prompts are longer.',
  },
  LONGER_PROMPTS: {
    kind: 'warning',
    when: 'Prompts are longer than those of the measured row.',
    fix: 'Give your own rates.',
  },
  OTHER_MODEL: {
    kind: 'warning',
    when: 'The row was measured with another model.',
    fix: 'Give rates that you measured.',
  },
  OTHER_GPU: { kind: 'warning', when: 'The row was measured on another GPU.', fix: 'Give rates that you measured.' },
  UNKNOWN_WEIGHTS: {
    kind: 'warning',
    when: 'No book has the model, so neither its memory nor its rates can be checked.',
    fix: 'Check the name.',
  },
  FIT_UNKNOWN: { kind: 'assumption', when: 'Whether the model fits the memory of the GPUs is not known.' },
  LAB_RATE: { kind: 'assumption', when: 'A laboratory rate is used unchanged; production is slower.' },
  ROOFLINE: { kind: 'assumption', when: 'Nothing was measured, so a roofline gives the rates, with a range.' },
  GPU_PRICE: { kind: 'assumption', when: 'The source of the GPU price.' },
  OTHER_ANSWERS: { kind: 'assumption', when: 'The cluster and the API serve different weights.' },
  STATED_UTILISATION: {
    kind: 'assumption',
    when: 'The utilisation is stated, so capacity that this work leaves idle is not billed to it.',
  },
  IDLE_IS_PAID: { kind: 'assumption', when: 'Whether idle hours of the cluster are paid for.' },
  SIZED_TO_PEAK: { kind: 'assumption', when: 'Nodes are sized for the busiest hour.' },
  SAME_HITS: { kind: 'assumption', when: 'The cluster finds as much in its cache as the API is expected to.' },
  NO_HITS: {
    kind: 'assumption',
    when: 'How much a cache would save is not known, so the cluster reads every prompt in full.',
  },
  // Gateways
  NO_ROUTING: {
    kind: 'error',
    when: '`gateway` was given a scenario without routing.',
    fix: 'Write `routing` with one leg instead of `model`.',
  },
  NOT_IN_GATEWAY: {
    kind: 'error',
    when: "A gateway's configuration cannot express part of the scenario.",
    fix: 'Do what the message proposes.',
  },
  NO_GATEWAY_MODEL: {
    kind: 'error',
    when: "The gateway's name for a model is not known.",
    fix: 'Give it: `--map MODEL=provider/name`.',
  },
  // Budgets and baselines
  NO_BUDGET: {
    kind: 'error',
    when: '`check` found no limit in any scenario or configuration, or none that usage can be held to.',
    fix: 'Add `budget` to a scenario, or `total` to the configuration.',
  },
  NOT_PACED: {
    kind: 'error',
    when: 'A monthly limit or a forecast of a run, which has no duration.',
    fix: 'Set `traffic.per`, or limit the run with `per_period`.',
  },
  NO_REQUESTS: {
    kind: 'error',
    when: 'A limit per request is set for totals, which have no requests.',
    fix: 'Write `per_period` or `per_month`.',
  },
  BUDGET_UNKNOWN: {
    kind: 'error',
    when: 'Whether a limit is met is unknown.',
    fix: 'Limit another view, or give the missing rate.',
  },
  NO_BASELINE: {
    kind: 'error',
    when: 'A scenario has no baseline, and one is required or asked for.',
    fix: 'Name a baseline that has it, or leave out `--require-baseline`.',
  },
  NO_REVISION: {
    kind: 'error',
    when: 'Git has no such commit here.',
    fix: 'Fetch it first; in CI, check out with its history.',
  },
  NO_GIT: {
    kind: 'error',
    when: 'Git cannot be run here.',
    fix: 'Install git and run inside the repository, or compare with a file.',
  },
  BUDGET_WARNING: {
    kind: 'warning',
    when: 'A limit is nearly reached, or one with `level: warn` is exceeded; the code appears only with `--strict`.',
    fix: 'Reduce the cost, or raise the limit.',
  },
  NO_SUMMARY: {
    kind: 'warning',
    when: 'The job summary of GitHub Actions cannot be written.',
    fix: 'Check `GITHUB_STEP_SUMMARY`.',
  },
  BUDGET_UNUSED: {
    kind: 'warning',
    when: 'Limits are set for a name that no scenario of the run has.',
    fix: 'Correct the name, or check that scenario as well.',
  },
  // Notes on price files
  ZERO_PRICE: {
    kind: 'note',
    when: 'A model costs 0 in and out: catalogues write 0 for "not known" and "part of a plan".',
    fix: 'Write `null` if the price is unknown.',
  },
  ZERO_CACHE: {
    kind: 'note',
    when: 'Cache reads cost 0, although input does not.',
    fix: 'Write `null` if the rate is unknown, `"not_offered"` if there are none.',
  },
  OUTPUT_BELOW_INPUT: {
    kind: 'note',
    when: 'Output costs less than input, as guard and image models alone do.',
    fix: 'Check whether the two are swapped.',
  },
  WRITE_MISSING: {
    kind: 'note',
    when: "A catalogue's row has no cache write, although its provider bills writes of other models.",
    fix: 'Check whether this model is billed for writes; without the rate, `cached` may be too low.',
  },
  CONTEXT_CAPPED: {
    kind: 'note',
    when: 'The context equals the length at which other rates begin, so those could never apply.',
    fix: 'Write the whole context, or `null` if it is unknown.',
  },
  DISAGREES: {
    kind: 'note',
    when: "A catalogue's rate differs by more than 0.5% from the book's for the same model.",
    fix: 'Check which is right; remove the row from the file and the rate of the book counts.',
  },
  STALE: {
    kind: 'note',
    when: "A row in force was last seen longer ago than its provider's review interval.",
    fix: 'Import the catalogue again, or check the price and set `seen`.',
  },
  RETIRED: {
    kind: 'note',
    when: 'A catalogue of the last 30 days lists the provider, but no longer this model.',
    fix: 'Check whether the vendor has switched it off, and close its last row with `to`.',
  },
  LATE_START: {
    kind: 'note',
    when: 'The first row begins more than 7 days after the date in a name of the model.',
    fix: 'Check whether its price was in force earlier.',
  },
} as const satisfies Readonly<Record<string, Meaning>>

/** A documented code. */
export type Code = keyof typeof CODES
