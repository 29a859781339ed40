import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'

/**
 * For a test: mounts a file system of so many megabytes on a folder. Answers what takes it away again; undefined where one
 * may not be mounted.
 */
export function mountSmallDisk(folder: string, type: 'tmpfs' | 'xfs', megabytes: number): (() => void) | undefined {
  const image = `${folder}.image`
  try {
    if (type === 'tmpfs') run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder)
    else {
      run('truncate', '-s', `${megabytes}M`, image)
      run(`mkfs.${type}`, '-q', image)
      run('mount', '-o', 'loop', image, folder)
    }
  } catch {
    rmSync(image, { force: true })
    return undefined
  }
  return () => {
    run('umount', '-l', folder)
    rmSync(image, { force: true })
  }
}

function run(program: string, ...options: string[]): void {
  execFileSync(program, options, { stdio: 'ignore' })
}
