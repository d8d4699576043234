extension Unicode.Scalar {
    /// Whether it controls the terminal or is invisible: control characters, direction marks, line and paragraph
    /// separators, unassigned code points.
    package var isUnfit: Bool {
        // Without a look at Unicode's tables for most of all text.
        if isASCII { return value < 0x20 || value == 0x7F }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
