import { derive } from '../../pipelines/derive-store.ts'
import { findProfile, plainLayout } from '../../pipelines/ingest-files.ts'
import { readProject } from '../../pipelines/project.ts'
import { sourceFiles } from '../../pipelines/sources.ts'
import type { IsoDate } from '../../src/domain/iso-date.ts'
import { createPseudonymiser } from '../../src/domain/pseudonym.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { readExport } from '../../src/ingest/read-export.ts'
import { loadFile } from '../../src/store/load.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { isEventType } from '../../src/usage/event-types.ts'

const ROOT = new URL('../../fixtures/', import.meta.url).pathname

/** The bundled exports of eight areas, read, scored and modelled in memory. */
export async function fixtureStore(): Promise<Store> {
  const pseudonymiser = createPseudonymiser(new Uint8Array(32).fill(7))
  const project = readProject(ROOT)
  const store = openStore(':memory:')
  for (const source of sourceFiles(project)) {
    const file = examineFile(source.path)
    const found = source.profile === undefined ? plainLayout(file) : findProfile(source.profile, project.dir)
    const reading = await readExport(file, found, {
      pseudonymiser,
      today: '2026-06-01' as IsoDate,
      service: source.service ?? null,
      provider: project.services.find(({ code }) => code === source.service)?.provider ?? null,
      services: project.services,
      date_order: null,
      isEventType,
    })
    const { key_id } = pseudonymiser
    await loadFile(store.sqlite, reading, { key_id, origin: 'exports', loaded_at: '2026-06-01T09:00:00.000Z' })
  }
  await derive(store, project)
  return store
}
