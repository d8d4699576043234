import Foundation
import Glibc

/// Why a file or an address cannot be used, as the system says it: `No such file or directory`.
enum FileReason {
    static func of(_ error: any Error) -> String {
        let error = error as NSError
        let cause = (error.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? error
        if cause.domain == NSPOSIXErrorDomain { return text(Int32(truncatingIfNeeded: cause.code)) }
        let sentence = error.localizedDescription
        return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }

    static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
