/** A tokenizer file that is known by its sha256. */
interface KnownFile {
  /** The first eight digits or more. */
  readonly sha256: string
  readonly name: string
  /** For a file that does not say how text is split: the name of its split. */
  readonly split?: string
}

/**
 * Tokenizer files as their makers publish them, one row each. They have conditions or no package carries them, so users
 * bring them.
 *
 * @see docs/tokens.md for where each hash is recorded
 */
const KNOWN_FILES: readonly KnownFile[] = [
  { sha256: '621ac2e32d0dba658404412318818aaa8ce8cda492e59830109d8da6b517fb41', name: 'DeepSeek V3' },
  { sha256: '8f9f37ca37fdc4f5fd36d5cf4d3b0e8392edb4e894fd10cc0d70b4957c8633cf', name: 'DeepSeek V4' },
  { sha256: '32b34a41', name: 'DeepSeek V3.1' },
  { sha256: 'cd050be3', name: 'DeepSeek V3.2' },
  { sha256: 'ecb6f9fc', name: 'DeepSeek R1' },
  { sha256: 'c90dfa01', name: 'DeepSeek V4.1' },
  { sha256: 'c0382117ea329cdf097041132f6d735924b697924d6f6fc3945713e96ce87539', name: 'Qwen 2.5' },
  { sha256: 'aeb13307a71acd8fe81861d94ad54ab689df773318809eed3cbe794b4492dae4', name: 'Qwen 3' },
  { sha256: '5f9e4d49', name: 'Qwen 3.5' },
  { sha256: '0997f410', name: 'Qwen 3.8' },
  { sha256: 'e134af98b985517b4f068e3755ae90d4e9cd2d45d328325dc503f1c6b2d06cc7', name: 'Llama 3' },
  { sha256: '79e3e522', name: 'Llama 3.1' },
  { sha256: '6b9e4e7f', name: 'Llama 3.3' },
  { sha256: '172c9eb4', name: 'Llama 4' },
  { sha256: '0614fe83cadab421296e664e1f48f4261fa8fef6e03e63bb75c20f38e37d07d3', name: 'gpt-oss' },
  { sha256: 'e11c71726323d33da7b8d6f6f269f1988931c0a52b7122bcdd8c05042974e0db', name: 'Mistral Nemo' },
  { sha256: 'eccd1665', name: 'Mistral Nemo' },
  { sha256: '9619890aebac311d644236f49462d7f8618ebef7c7020c52645ccb597434a3c9', name: 'Command R+' },
  { sha256: '19e77364', name: 'GLM-5.2' },
  { sha256: 'b6c497a7', name: 'Kimi K2', split: 'kimi' },
  {
    sha256: '446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d',
    name: 'o200k_base',
    split: 'o200k_base',
  },
  {
    sha256: '223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7',
    name: 'cl100k_base',
    split: 'cl100k_base',
  },
]

/** The maker's file with that hash; `null`: it is not known. */
export const findKnownFile = (sha256: string): KnownFile | null =>
  KNOWN_FILES.find(row => sha256.startsWith(row.sha256)) ?? null
