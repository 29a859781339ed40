export { AssetPanel } from './AssetPanel.tsx'
export { PanelSheet } from './PanelSheet.tsx'
