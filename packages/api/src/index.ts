export * from './public.ts'
export * from './share-links.ts'
