import type { TestProject } from 'vitest/node'
import prepareTemplate from '../support/postgres.setup.ts'
import { type Cluster, removeCluster, startCluster } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Null: the server of TEST_DATABASE_URL is not ours to kill, and only its connections are cut. */
    chaosCluster: Cluster | null
  }
}

/** A server of its own that may be killed, and the migrated template on it. */
export default async (project: TestProject) => {
  const cluster = await startCluster()
  if (cluster) process.env.TEST_DATABASE_URL = `postgresql://postgres@127.0.0.1:${cluster.port}/postgres`
  project.provide('chaosCluster', cluster)
  const dropTemplate = await prepareTemplate(project)
  return async () => {
    await dropTemplate().catch((error: unknown) => cluster ?? Promise.reject(error))
    if (cluster) await removeCluster(cluster)
  }
}
