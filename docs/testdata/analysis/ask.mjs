// Runs each statement of a file in DuckDB, below the folder of a release, and
// prints its rows with commas between. An empty line ends an answer.
import { DuckDBInstance } from '@duckdb/node-api'
import { readFileSync } from 'node:fs'

const [file, folder] = process.argv.slice(2)
process.chdir(folder)
const db = await (await DuckDBInstance.create(':memory:')).connect()
for (const statement of readFileSync(file, 'utf8').split(';').map(s => s.trim()).filter(Boolean)) {
  const answer = await db.runAndReadAll(statement)
  for (const row of answer.getRowsJson()) console.log(row.map(v => v ?? '').join(','))
  console.log()
}
