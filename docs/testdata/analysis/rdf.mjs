// Reads JSON-LD files as RDF, without asking anybody for a context, and prints how
// many statements and subjects each has.
import jsonld from 'jsonld'
import { readFileSync } from 'node:fs'

for (const file of process.argv.slice(2)) {
  const documentLoader = url => { throw new Error(file + ' asks for ' + url) }
  const quads = await jsonld.toRDF(JSON.parse(readFileSync(file)), { base: 'https://example.org/1.2.0/', documentLoader, format: 'application/n-quads' })
  const lines = quads.trim().split('\n')
  console.log(lines.length, new Set(lines.map(l => l.split(' ')[0])).size)
}
