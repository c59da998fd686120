// Prints every value of the Parquet files given, one JSON object a file.
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

// plain turns a value into JSON that Go makes of its own.
const plain = v => v instanceof Date ? v.toISOString() : typeof v === 'bigint' ? Number(v) : Array.isArray(v) ? v.map(plain) : v ?? null

for (const path of process.argv.slice(2)) {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  const objects = await parquetReadObjects({ file, metadata, compressors })
  const columns = Object.keys(objects[0] ?? {})
  console.log(JSON.stringify({
    path, created_by: metadata.created_by, columns,
    keys: Object.fromEntries(metadata.key_value_metadata.map(k => [k.key, k.value])),
    rows: objects.map(o => columns.map(c => plain(o[c]))),
  }))
}
