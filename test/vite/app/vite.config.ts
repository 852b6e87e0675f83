import react from '@vitejs/plugin-react';
import { reactCollider } from 'react-collider/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [react(), reactCollider()] });
