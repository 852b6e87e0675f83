import { engineAssets } from 'react-collider/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [engineAssets()] });
