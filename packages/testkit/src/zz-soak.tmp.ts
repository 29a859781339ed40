import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeTestDatabase, openTestDatabaseServer } from '/work/main/packages/testkit/src/test-database.ts'
import { openDatabase } from '/work/main/packages/server/src/db/open.ts'
const kills=Number(process.argv[2]), pictures=Number(process.argv[3])
const server=await openTestDatabaseServer(); const tdb=await makeTestDatabase(server)
const folder=await mkdtemp('/tmp/v/renditions/soak-'); const {db,close}=openDatabase({url:tdb.url,connections:2})
const env={PATH:process.env.PATH!,VITRINE_DATA:folder,DATABASE_URL:tdb.url,VITRINE_PORT:'0',VITRINE_LOG_LEVEL:'fatal'}
const start=async(fill:number)=>{const s=spawn(process.execPath,['/work/main/packages/server/src/renditions/serve-and-fill.fixture.ts',String(fill)],{stdio:['ignore','pipe','inherit'],env}); await Promise.race([once(s.stdout,'data'),once(s,'exit').then(()=>{throw new Error('ended')})]); return async()=>{const g=once(s,'exit'); s.kill('SIGKILL'); await g}}
const ready=async()=>(await db.selectFrom('renditions').select('name').where('state','=','ready').execute()).length
const check=async()=>{const rows=await db.selectFrom('renditions').selectAll().execute(); if(rows.length!==2*pictures) throw new Error('rows '+rows.length)
 for(const r of Map.groupBy(rows,r=>r.source_sha256.toString('hex')).values()) if(new Set(r.map(x=>x.state)).size!==1) throw new Error('half')
 const f=rows.filter(r=>r.state==='failed'); if(f.length) throw new Error('failed '+f[0]!.failure_code+' '+f[0]!.attempts)
 for(const {blob_sha256:b,size} of rows){ if(!b) continue; const h=b.toString('hex'); const bytes=await readFile(`${folder}/blobs/${h.slice(0,2)}/${h.slice(2,4)}/${h}`); if(bytes.length!==size||createHash('sha256').update(bytes).digest('hex')!==h) throw new Error('bytes')}
 return rows.length}
let atWork=0
await (await start(pictures))(); await check()
for(let k=1;k<kills;k++){const end=await start(0); await sleep(Math.random()*900); await end(); await check(); const r=await ready(); if(r<2*pictures) atWork++; if(k%20===0) console.log(k,'kills, ready',r,'of',2*pictures)}
const end=await start(0); const t=performance.now(); while(await ready()<2*pictures){ if(performance.now()-t>600000) throw new Error('not done: '+await ready()); await sleep(200)} await end(); await check()
const a=await db.selectFrom('renditions').select(({fn})=>fn.max('attempts').as('m')).executeTakeFirst()
console.log('done', kills,'kills,',atWork,'of them at work, pictures',pictures,'largest attempts',a?.m)
await close(); await tdb.drop(); await rm(folder,{recursive:true}); await server.leave()
