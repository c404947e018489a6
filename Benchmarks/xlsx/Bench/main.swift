// Makes and reads workbooks, and says how long it took. Run by `Benchmarks/xlsx/run`.
import Tabular
import Text
import Time

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// What a ledger is made of: numbers and codes as text, words that repeat, counts, amounts, dates.
func draft(rows: Int, columns: Int) -> SheetDraft {
  let words = ["内科病棟", "放射線科", "リモートメンテナンス", "有", "無", "不明", "Windows 10 Enterprise LTSC 2019", "要確認"]
  let first = LocalDate(dayNumber: 18_000)
  let table = (0..<rows).map { row in
    (0..<columns).map { column -> CellValue in
      let number = row * columns + column
      return switch column % 5 {
      case 0: .text("KZ\(number)")
      case 1: .text(words[number % words.count])
      case 2: .number(Double(number), text: String(number))
      case 3: .number(Double(number) / 8, text: "\(Double(number) / 8)")
      default: .date(first.adding(days: number % 3000), minutes: nil)
      }
    }
  }
  return SheetDraft(title: "台帳", columns: (0..<columns).map { ColumnDraft("列\($0)") }, rows: table)
}

func peakMemory() -> String {
  var usage = rusage()
  getrusage(0, &usage)  // this process
  return "\(usage.ru_maxrss / 1024)"
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "make":
  let sheet = draft(rows: Int(arguments[3]) ?? 0, columns: Int(arguments[4]) ?? 0)
  let bytes = try SheetWriter.workbook([sheet], .init(createdAt: Instant(milliseconds: 0)))
  guard let file = fopen(arguments[2], "wb") else { exit(1) }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
case "read":
  // The best of several runs: the others only tell how busy the machine was.
  var best = Double.infinity
  var cells = 0
  for _ in 0..<(Int(arguments[3]) ?? 1) {
    cells = 0
    let start = seconds()
    let reader = try XLSXReader(TableReader.fileBytes(arguments[2], limit: 1 << 30))
    try reader.forEachRow(ofSheet: 0) { row in
      for cell in row.cells where !cell.isEmpty { cells += 1 }
      return true
    }
    best = min(best, seconds() - start)
  }
  print(best, cells, peakMemory())
case "text":
  // A register of people in CP932, repeated until it is as large as asked (megabytes).
  let size = (Int(arguments[2]) ?? 1) << 20
  let line = CP932.encode("100007,渡邉　真由美,ワタナベ マユミ,栄養管理室,看護師,\"主任,兼務\",H27.2.22,,u100007@example.jp\r\n")
  let bytes = Array((0...(size / line.bytes.count)).map { _ in line.bytes }.joined())
  let start = seconds()
  let rows = try TableReader.read(bytes, name: "a.csv").sheets[0].rows.count
  print(seconds() - start, rows)
default:
  exit(2)
}
