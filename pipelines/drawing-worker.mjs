import { register } from 'tsx/esm/api'

register()
await import('./drawing-worker.ts')
