import Advisories
import CSimdjson

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// bench limit FILE…   inflate and parse with simdjson alone, each file whole in memory: what no reader can beat
// bench read FILE…    our readers, each file by what it is, with compact configurations
// Prints seconds of processor time (all is done on one thread; a busy machine does no harm), records, bytes (of JSON;
// of configurations), peak memory in MB.

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func peakMegabytes() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}

var generous = FeedLimits()
generous.recordBytes = 512 << 20
let arguments = CommandLine.arguments.dropFirst()
let files = arguments.dropFirst()
let start = seconds()
var records = 0
var bytes = 0
switch arguments.first {
case "limit":
  guard let parser = yj_new(512 << 20, 100) else { exit(3) }
  for file in files {
    let stream = try FeedSource(path: file).open(generous)
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 20, alignment: 64)
    var filled = 0
    while true {
      let got = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
      if got == 0 { break }
      filled += got
    }
    guard yj_parse(parser, room.baseAddress?.assumingMemoryBound(to: UInt8.self), filled) == 0 else { exit(3) }
    bytes += filled
    records += 1
    room.deallocate()
  }
  yj_free(parser)
case "read":
  for file in files {
    let source = FeedSource(path: file)
    guard let reader = try FeedSniffer.format(of: source).reader else { exit(2) }
    let reading = try reader.read(source, limits: FeedLimits()) { record in
      if case .advisory(let advisory) = record { bytes += advisory.configurations.bytes.count }
    }
    records += reading.read
  }
default:
  print("usage: bench limit|read FILE…")
  exit(2)
}
print(seconds() - start, records, bytes, peakMegabytes())
