// The program of the child processes in which foreign models, images and videos are read. It holds one model at most, knows
// no secret, and has no right to write, to start programs or to read other files than its own and the one it was given.

import { endWithParent } from '@/lib/workers/inference-host/end-with-parent';
import { serveTasks } from '@/lib/workers/inference-host/serve-tasks';
import { createTaskRunner } from '@/lib/workers/inference-host/task-runner';

endWithParent();
serveTasks(createTaskRunner());
