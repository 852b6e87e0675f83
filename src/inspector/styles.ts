/** Types of `import 'react-collider/inspector.css'`: styles export nothing. */

export {};
