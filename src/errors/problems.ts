// Every problem that a user can cause, one function each, by subject.
export * from './book.ts'
export * from './budget.ts'
export * from './cluster.ts'
export * from './files.ts'
export * from './gateway.ts'
export * from './routing.ts'
export * from './scenario.ts'
export * from './syntax.ts'
