import Glibc
import NIOCore
import Testing

@testable import ZAPI

struct NoSocketTests {
    @Test(arguments: [EMFILE, ENFILE, EADDRNOTAVAIL])
    func `a call for which there was no socket was not sent`(code: CInt) {
        guard case .neverLeft(let text) = WireOutcome(failure: IOError(errnoCode: code, reason: "socket")) else {
            Issue.record("it may have left")
            return
        }
        #expect(text.contains("ulimit -n"))
    }

    @Test(arguments: [ECONNRESET, EPIPE, ENOBUFS, ETIMEDOUT])
    func `a connection that broke may have carried the call`(code: CInt) {
        guard case .lost = WireOutcome(failure: IOError(errnoCode: code, reason: "write")) else {
            Issue.record("it is taken for not sent")
            return
        }
    }
}
