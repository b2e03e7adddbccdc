// Writes the next migration: the difference between the existing migrations and prisma/schema.prisma.
// node scripts/migration.ts <name>, for example: node scripts/migration.ts visits
import { writeMigration } from '#storage/write-migration.ts'

const [name] = process.argv.slice(2)
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('Usage: node scripts/migration.ts <name>, where the name consists of a-z, 0-9 and _\n')
  process.exit(1)
}
process.stdout.write(
  `${(await writeMigration(name, new Date())) ?? 'Nothing to migrate: the migrations match the schema.'}\n`,
)
