/** Most nodes, spare nodes, nodes per unit or GPUs per node: more than any cluster has. */
export const MOST_STATED = 1_000_000
