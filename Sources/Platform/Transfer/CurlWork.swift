import Sealing

/// The threads on which libcurl blocks: eight transfers at once, two hundred may wait.
enum CurlWork {
  static let shared = BoundedWork(label: "yagura.transfer", width: 8, limit: 200)
}
