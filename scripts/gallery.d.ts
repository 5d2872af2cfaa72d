export interface GalleryCommand {
  readonly argv: readonly string[];
  readonly output: string | undefined;
  readonly picture: string | undefined;
}

export function galleryCommands(): readonly GalleryCommand[];
