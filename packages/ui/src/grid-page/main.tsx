import { createRoot } from 'react-dom/client'
import { GridPage } from './GridPage.tsx'

const wanted = new URLSearchParams(location.search)
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(
  <GridPage
    count={Number(wanted.get('count'))}
    kind={wanted.get('kind') ?? 'rows'}
    isSelectable={wanted.get('selection') !== 'none'}
  />,
)
