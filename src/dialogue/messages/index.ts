import { messagesScreen, messagesWriteScreen } from './messages-screen.ts'
import { quickRepliesScreen } from './quick-replies-screen.ts'
import { familyThreadsScreen, threadScreen, threadWriteScreen } from './staff-thread-screen.ts'

export const messageScreens = {
  messages: messagesScreen,
  'messages-write': messagesWriteScreen,
  'f-thread': familyThreadsScreen,
  'quick-replies': quickRepliesScreen,
  thread: threadScreen,
  'thread-write': threadWriteScreen,
}
