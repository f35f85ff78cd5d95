import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The faces a picture is drawn with: Arimo has Arial's widths, so text measured in one fits in the other. */
export const FONT_FILES = {
  regular: require.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf'),
} as const

/** Fonts already on the reader's machine, in order of preference; a page downloads none. */
export const FONT_STACK = "Arial, Arimo, 'Liberation Sans', Helvetica, sans-serif"
