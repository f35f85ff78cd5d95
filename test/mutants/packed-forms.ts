import { gunzipSync, gzipSync } from 'node:zlib'
import { zip } from '../ingest/readers/zip-room.ts'
import type { Form } from './form.ts'

/** The same, in an archive, not compressed: nothing but its checksum shows that a byte of it was changed. */
export function zipped(form: Form): Form {
  return {
    ...form,
    name: `${form.name}, zipped`,
    file_name: 'mutant.zip',
    member: form.file_name,
    is_packed: true,
    write: (grid) => {
      const written = form.write(grid)
      const pack = (body: Buffer) => zip([{ name: form.file_name, bytes: written.pack(body), method: 0 }])
      return { ...written, pack }
    },
  }
}

export function gzipped(form: Form): Form {
  return {
    ...form,
    name: `${form.name}, gzipped`,
    file_name: `${form.file_name}.gz`,
    is_packed: true,
    write: (grid) => {
      const written = form.write(grid)
      return { ...written, pack: (body) => gzipSync(written.pack(body)) }
    },
  }
}

/** What a damaged .gz unpacks to by another program; null where that refuses it too. */
export function ungzipped(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes)
  } catch {
    return null
  }
}
