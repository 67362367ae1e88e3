import { counted } from '../../model/plural.ts'
import type { Warning } from '../../model/result/result.ts'
import type { Cut, SideCounts } from '../groups/side-counts.ts'

/** What is counted by a rule that may surprise, or has no price here. */
export const sideWarnings = ({ cut, searches, audio }: SideCounts): Warning[] => [
  ...(cut.counted.buckets + cut.left.buckets === 0
    ? []
    : [
        {
          code: 'BUCKETS_CUT',
          what: `buckets across --since or --until go by their start: ${sizeOf(cut.counted)} counted whole, ${sizeOf(cut.left)} left out`,
          fix: 'move the limits to where buckets begin',
          at: null,
        },
      ]),
  ...(searches === 0
    ? []
    : [
        {
          code: 'SEARCHES_UNPRICED',
          what: `${counted(searches, 'web search', 'web searches')} ${searches === 1 ? 'is' : 'are'} not in the cost: price books have tokens alone`,
          fix: "add them at the provider's price for a search",
          at: null,
        },
      ]),
  ...(audio === 0
    ? []
    : [
        {
          code: 'AUDIO_AS_TEXT',
          what: `${counted(audio, 'token')} of audio ${audio === 1 ? 'is' : 'are'} in the cost at the rates of text: price books have no others`,
          fix: "add what the provider's price for audio is above that",
          at: null,
        },
      ]),
]

const sizeOf = ({ buckets, tokens }: Cut): string => `${buckets} (${counted(tokens, 'token')})`
