export * from './public.ts'
export * from './share-links.ts'
export * from './access.ts'
export * from './people.ts'
