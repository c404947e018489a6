import Program

#if canImport(Glibc)
import Glibc

// glibc would give each thread a heap of its own, which grows a page at a time by a system call and keeps what it was
// given: a quarter more memory under load, and a tenth of the time of an import. Its header is no module of Swift's, so
// the function is asked for by name; -8 is M_ARENA_MAX. Without it, or on another C library, all works as well.
if let function = dlsym(nil, "mallopt") {
  _ = unsafeBitCast(function, to: (@convention(c) (CInt, CInt) -> CInt).self)(-8, 1)
}
#endif

await Program.main()
