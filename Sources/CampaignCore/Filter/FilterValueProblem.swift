/// Why a value of a filter cannot be compared with its field.
enum FilterValueProblem: Hashable {
    case senseless(String, field: String, comparisons: String)
    case containsNothing(field: String)
    case unknownState(String)
    case noPhone(String, PhoneProblem)
    case noDigits(String)
    case noNumber(String, field: String)
    case ambiguousNumber(String)
    case noMoment(String, field: String)

    /// One sentence, and what would be right.
    var text: String {
        switch self {
        case .senseless(let comparison, let field, let comparisons):
            "\(field) cannot be compared by \(comparison); write \(comparisons) behind it."
        case .containsNothing(let field):
            "everything contains nothing; write \(field) = \"\" for what is not known, or say what it must contain."
        case .unknownState(let text):
            "“\(text)” is no state\(FilterError.meant(text, among: Self.states)); states are "
                + "\(Self.states.joined(separator: ", "))."
        case .noPhone(let text, let problem): "“\(text)” is no phone number. \(problem.suggestion)"
        case .noDigits(let text): "“\(text)” holds no digit that a phone could contain; write some of its digits."
        case .noNumber(let text, let field): "“\(text)” is no number; \(field) is compared with one such as 500."
        case .ambiguousNumber(let text):
            "“\(text)” can be read in two ways; write thousands without a sign between them, or two decimals."
        case .noMoment(let text, let field):
            "“\(text)” is no time; \(field) is compared with one such as 2026-11-25 or 2026-11-25T09:30."
        }
    }

    private static let states = CallState.allCases.map(\.rawValue)
}
