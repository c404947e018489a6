/// What libFuzzer calls for every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  // To refuse is a good answer; only a trap, a hang or a leak of memory is a finding.
  do { try fuzz(bytes) } catch {}
  return 0
}
