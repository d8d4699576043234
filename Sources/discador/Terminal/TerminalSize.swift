import Glibc

/// How many places a terminal has.
struct TerminalSize: Hashable {
    /// What is taken for granted where a terminal does not tell.
    static let usual = TerminalSize(columns: 80, rows: 24)

    var columns: Int
    var rows: Int

    /// The size at this moment: windows are resized at any time.
    static func now(of descriptor: Int32) -> TerminalSize {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return .usual }
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}
