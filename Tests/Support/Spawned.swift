import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A program started by a test, its output in files. By `posix_spawn`: Foundation's `Process` watches its children with
/// `select`, which aborts a run that holds more than 1,023 files at the time.
package final class Spawned: Sendable {
  private struct State {
    var code: Int32?
    var waiting: [CheckedContinuation<Int32, Never>] = []
  }

  package struct Failure: Error { package let code: Int32 }

  package let processID: Int32
  private let state = Mutex(State())

  /// Throws `Failure` with the system's error number where the program cannot be started.
  package init(
    _ path: String,
    _ arguments: [String],
    environment: [String: String],
    output: String,
    errors: String
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var id: pid_t = 0
    let failed = posix_spawn(&id, path, &actions, &attributes, &words, &variables)
    guard failed == 0 else { throw Failure(code: failed) }
    let child = id
    processID = child
    Thread.detachNewThread { [weak self] in
      var status: Int32 = 0
      while waitpid(child, &status, 0) == -1, errno == EINTR {}
      let signal = status & 0x7f
      self?.finish(signal == 0 ? (status >> 8) & 0xff : -signal)
    }
  }

  private func finish(_ code: Int32) {
    let waiting = state.withLock { state in
      state.code = code
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume(returning: code) }
  }

  /// The exit code, negative for the signal that ended it.
  @discardableResult
  package func ended() async -> Int32 {
    await withCheckedContinuation { continuation in
      let code = state.withLock { state in
        if state.code == nil { state.waiting.append(continuation) }
        return state.code
      }
      if let code { continuation.resume(returning: code) }
    }
  }

  package var isRunning: Bool { state.withLock { $0.code == nil } }

  package func signal(_ number: Int32) {
    if isRunning { kill(processID, number) }  // Gone in the meantime is as good.
  }

  deinit { if isRunning { kill(processID, SIGKILL) } }
}
