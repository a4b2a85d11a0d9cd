export { MarquezModule } from './marquez.module.js';
