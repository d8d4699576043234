extension Int {
    /// The noun for this number: `reply` for 1, `replies` for any other.
    ///
    /// - Parameter many: the plural; nil is `one` with an s.
    package func noun(_ one: String, _ many: String? = nil) -> String {
        self == 1 ? one : many ?? one + "s"
    }

    /// The number with its noun: `1 reply`, `2 replies`, `0 replies`.
    package func counted(_ one: String, _ many: String? = nil) -> String {
        "\(self) \(noun(one, many))"
    }
}
