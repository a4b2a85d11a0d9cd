export { AccessRequestsModule } from './access-requests.module.js';
export { approversOf } from './access-request.js';
