import CampaignCore
import Foundation

extension Phrase {
    /// What an error says to people: in every language, where it knows them.
    init(_ error: any Error) {
        switch error {
        case let error as Failure: self = error.message
        case let error as any Explained: self = error.phrase
        default: self.init(verbatim: "\(error)")
        }
    }
}

extension Phrase {
    /// The cause of what Foundation says of a file, as the system has it, since Foundation speaks English only; what it
    /// says as it is where the cause is not known.
    init(system error: any Error) {
        let error = error as NSError
        let cause = (error.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? error
        guard cause.domain == NSPOSIXErrorDomain else {
            self.init(verbatim: error.localizedDescription)
            return
        }
        self = SystemError(code: Int32(truncatingIfNeeded: cause.code)).phrase
    }
}

extension Phrase {
    /// A sentence of Foundation about a file, with its path.
    init(ofFile error: CocoaError) {
        let path = error.userInfo[NSFilePathErrorKey] as? String
        let why = Phrase(system: error)
        self.init(
            error.localizedDescription,
            path.map { "Não foi possível usar \($0) (\(why.portuguese)): confira o caminho e as permissões." }
                ?? why.portuguese)
    }
}

extension [String] {
    /// `a`, `a and b`, `a, b and c`.
    func inWords(_ language: Language) -> String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + language.text(" and ", " e ") + last
    }
}
