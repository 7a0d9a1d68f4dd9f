'use client';

import { useEffect, useState } from 'react';

/** A value once it has stood still for some milliseconds: for reads that follow typing. */
export function useSettledValue<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);

  // Waits on the clock; a newer value ends the wait for the older one.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);

  return settled;
}
