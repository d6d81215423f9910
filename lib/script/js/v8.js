'use strict';
// Node's 'v8': the figures that another engine has, too.
const { missing } = require('internal/missing');
module.exports = {
  getHeapStatistics() {
    const heap = native.process.memory();
    return {
      total_heap_size: heap, total_heap_size_executable: 0, total_physical_size: heap, total_available_size: 0,
      used_heap_size: heap, heap_size_limit: 0, malloced_memory: 0, peak_malloced_memory: 0, does_zap_garbage: 0,
      number_of_native_contexts: 1, number_of_detached_contexts: 0,
    };
  },
  getHeapSpaceStatistics: () => [],
  setFlagsFromString() {},
  cachedDataVersionTag: () => 0,
  ...missing('v8', ['deserialize', 'getHeapSnapshot', 'serialize', 'writeHeapSnapshot']),
};
