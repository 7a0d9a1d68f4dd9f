import { describe, expect, it } from 'vitest';
import { leavesRuntimeBroken, runtimeFault } from '@/lib/browser/runtime-fault';
import { Fault } from '@/lib/core/fault';

describe('runtimeFault', () => {
  it.each([
    ['ERROR_CODE: 1, ERROR_MESSAGE: No Op registered for FancyNms with domain_version of 17', 'FancyNms'],
    [
      "Can't create a session. ERROR_CODE: 9, ERROR_MESSAGE: Could not find an implementation for GridSample(20) node with name ''",
      'GridSample',
    ],
    ['Fatal error: trt.plugins:EfficientNMS_TRT(-1) is not a registered function/op', 'trt.plugins:EfficientNMS_TRT'],
  ])('names the unknown operator of “%s”', (message, operator) => {
    const fault = runtimeFault(new Error(message), 'loading the model');
    expect(fault.code).toBe('model-unknown-operator');
    expect(fault.found).toContain(`“${operator}”`);
  });

  it.each([
    ['out-of-memory', new RangeError('Array buffer allocation failed')],
    ['out-of-memory', new WebAssembly.RuntimeError('memory access out of bounds')],
    ['out-of-memory', new Error('std::bad_alloc')],
    ['out-of-memory', 8_652_416],
    ['device-lost', new Error('A valid external Instance reference no longer exists: device was lost')],
    [
      'model-external-data',
      new Error('Failed to load external data file "model.onnx_data", error: Module.MountedFiles is not available.'),
    ],
    [
      'model-truncated',
      new Error('ERROR_CODE: 7, ERROR_MESSAGE: Failed to load model because protobuf parsing failed.'),
    ],
    ['runtime-failed', new Error('something else')],
  ] as const)('calls it %s: %s', (code, error) => {
    expect(runtimeFault(error, 'loading the model').code).toBe(code);
  });

  it('quotes the runtime shortly and without its source positions', () => {
    const fault = runtimeFault(
      new Error(
        `failed to call OrtRun(). ERROR_CODE: 2, ERROR_MESSAGE: /mnt/vss/core/op.cc:88 Got invalid dimensions ${'x'.repeat(500)}`,
      ),
      'running the model',
    );
    expect(fault.found).toContain('Got invalid dimensions');
    expect(fault.found).not.toContain('op.cc');
    expect(fault.found.length).toBeLessThan(330);
  });

  it('lets a fault through', () => {
    const fault = new Fault({ code: 'cancelled', found: 'a', remedy: 'b' });
    expect(runtimeFault(fault, 'running the model')).toBe(fault);
  });

  it('knows after which errors the heap is not to be trusted', () => {
    expect(leavesRuntimeBroken(runtimeFault(new Error('std::bad_alloc'), 'running the model'))).toBe(true);
    expect(leavesRuntimeBroken(runtimeFault(new WebAssembly.RuntimeError('unreachable'), 'running the model'))).toBe(
      true,
    );
    expect(leavesRuntimeBroken(runtimeFault(new Error('Got invalid dimensions'), 'running the model'))).toBe(false);
  });
});
