/** What TypeScript finds for `import 'react-collider/inspector.css'`: nothing is exported by styles. */

export {};
