// Writes the tables of a reading as DuckDB writes Parquet, on one thread.
//
//	npm install @duckdb/node-api && node duckdb.mjs READING OUT
import { DuckDBInstance } from "@duckdb/node-api";
const [reading, out] = process.argv.slice(2);
const db = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
const tables = ["documents", "articles", "figures", "groups", "rejections"];
for (const t of tables) await db.run(`CREATE TABLE ${t} AS SELECT * FROM read_parquet('${reading}/${t}.parquet')`);
const cpu = process.cpuUsage(), start = Date.now();
for (const t of tables) await db.run(`COPY ${t} TO '${out}/${t}.parquet' (FORMAT parquet, COMPRESSION zstd)`);
const used = process.cpuUsage(cpu);
console.log(`processor ${(used.user + used.system) / 1e6} s, clock ${(Date.now() - start) / 1e3} s`);
