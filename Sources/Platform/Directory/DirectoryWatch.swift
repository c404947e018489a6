import CLDAP
import Dispatch
import Synchronization

/// Shuts a connection's socket when it takes too long. Kept by the connection and by its timer, so the memory that
/// libldap's callback writes to outlives both.
///
/// Unchecked, because a pointer is no `Sendable`: the memory is written by `init` before anybody else knows it, then only
/// by the atomic operations of the shim, and freed when the last owner goes.
final class DirectoryWatch: @unchecked Sendable {
  private let memory: UnsafeMutablePointer<yagura_ldap_watch>
  /// Held while the socket is shut, so that none is shut that belongs to somebody else by now.
  private let isOver = Mutex(false)

  /// `milliseconds` from now until the socket is shut.
  init(_ handle: OpaquePointer, milliseconds: Int) {
    memory = UnsafeMutablePointer<yagura_ldap_watch>.allocate(capacity: 1)
    memory.initialize(to: yagura_ldap_watch())
    // An option that every libldap has; without it the limits of single steps still hold.
    _ = yagura_ldap_set_watch(handle, memory)
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
      isOver.withLock { isOver in
        if !isOver { yagura_ldap_interrupt(memory) }
      }
    }
  }

  deinit { memory.deallocate() }

  /// Before the handle is closed.
  func end() { isOver.withLock { $0 = true } }
}
