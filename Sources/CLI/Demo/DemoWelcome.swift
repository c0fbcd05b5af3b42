import Channels
import Foundation

/// What the demo says at its start: where it is, and how one more person joins.
struct DemoWelcome: CustomStringConvertible {
    /// The command as it was called.
    let command: String
    /// Host and port.
    let authority: String
    let data: String
    let isTemporary: Bool
    let guest: UserID

    var description: String {
        """

        \(DemoPeople.count) people who do not exist walk, cycle and ride the metro through Manhattan, each over a
        WebSocket of its own. You walk among them; these lines are what your client is told.

          map      http://\(authority)/ in a browser; come in under any name
          address  http://\(authority), WebSocket at ws://\(authority)/v1/ws
          data     \(data)\(isTemporary ? " (removed at the end)" : "")

        One more person, from another terminal: a friend of yours and of twelve others, at Bryant Park.

          token=$(\(DemoText.shellWord(command)) token \(guest) --data \(DemoText.shellWord(data)))
          (echo '{"type":"hello","token":"'$token'","lat":40.7536,"lon":-73.9832,"ts":'$(date +%s)000'}'; cat) |
            websocat ws://\(authority)/v1/ws

        Ctrl-C ends the demo.


        """
    }
}
