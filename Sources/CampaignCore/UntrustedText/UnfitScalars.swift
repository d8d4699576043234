extension Unicode.Scalar {
    /// Whether it controls the terminal or is invisible: control characters, direction marks, line and paragraph
    /// separators, unassigned code points.
    package var isUnfit: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
